const LINE_PX = 2;
const LINE_COLOUR = [40, 30, 30, 190]; // red, green, blue, opacity: 0 to 255

/**
 * @param {number} gap  Pixels from one line to the next.
 * @returns {{ width: number, height: number, data: Uint8Array }} A picture of slanting lines that
 * fits to itself on all sides.
 */
export function stripes(gap) {
  const data = new Uint8Array(gap * gap * 4);
  for (let y = 0; y < gap; y++) {
    for (let x = 0; x < gap; x++) {
      if ((x + y) % gap < LINE_PX) data.set(LINE_COLOUR, 4 * (y * gap + x));
    }
  }
  return { width: gap, height: gap, data };
}

/**
 * @param {string} fill
 * @param {number} gap
 * @returns {string} The colour with lines over it; to Leaflet's canvas it is a colour like others.
 */
export function hatchedFill(fill, gap) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = gap;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  const lines = pen.createImageData(gap, gap);
  lines.data.set(stripes(gap).data);
  pen.putImageData(lines, 0, 0);
  pen.globalCompositeOperation = "destination-over";
  pen.fillStyle = fill;
  pen.fillRect(0, 0, gap, gap);
  return /** @type {string} */ (/** @type {unknown} */ (pen.createPattern(tile, "repeat")));
}
