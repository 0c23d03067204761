/**
 * What Python sends to the map. `dashboard/map/layer.py` writes the configuration, once;
 * `geodata/view/payload.py` writes a view with every change. Only types stand here, so no browser
 * gets this file. `tests/views.js` holds views as Python made them, which tsc checks against it.
 *
 * @typedef {"provinsi" | "kabupaten_kota" | "kecamatan" | "desa"} Level
 *
 * @typedef {object} Colours
 * @property {string} sea
 * @property {string} land  Outside the view's region.
 * @property {string} zero  Of regions that no class names.
 * @property {string} chosen  Of outlines and points that the reader asked for.
 * @property {string} focused  Of the outline of the region that the keyboard is at.
 * @property {Record<Level, string>} borders
 *
 * @typedef {[southWest: [number, number], northEast: [number, number]]} Corners  Latitude and longitude
 * in degrees (EPSG:4326).
 *
 * @typedef {object} Config
 * @property {Record<Level, string>} tiles  Address of the tileset of each level.
 * @property {{ served: string, extent: Corners }} petak  Below which address Petak's tilesets (one a
 * level) and squares are served, and where these lie.
 * @property {string} shapes  Where GeoJSON stands for browsers without WebGL.
 * @property {Record<Level, number>} digits  How many digits the feature ids of a level have; levels
 * stand from coarse to fine.
 * @property {string | null} marks  The layer of each tileset with the marks of its regions on small
 * islands; null if no region has one.
 * @property {number} nearZoom  Leaflet's zoom from which a view with `far` draws its own level.
 * @property {Corners} extent  Of the country.
 * @property {Colours} colours
 *
 * @typedef {object} PaintedClass
 * @property {string} fill  Colour.
 * @property {number[]} ids  Feature ids in rising order, each as the step from the one before.
 * @property {string[]} say  Lines on each region; {0} stands for its text in the first column.
 * @property {number[][]} figures  Columns: for each id the place of a text among the view's.
 * @property {number} [hatch]  Pixels from one slanting line to the next.
 *
 * @typedef {object} Far
 * @property {Level} level  Drawn instead of the view's own while the map is zoomed far out.
 * @property {PaintedClass[]} classes
 * @property {string} notice  Says so.
 *
 * @typedef {[lat: number, lng: number, order: number, desa: string, adds: string]} PlannedKim
 *
 * @typedef {object} Words
 * @property {string} map  What the map is, for screen readers.
 * @property {string} frame  What its frame shows, for screen readers.
 * @property {string} number
 * @property {string} waiting
 * @property {string} failed
 * @property {string} attribution  Plain text.
 * @property {string} legend  What the legend is and does.
 * @property {string} whole  Of the button that shows the whole region.
 * @property {string} fullscreen
 * @property {string} zoom_in
 * @property {string} zoom_out
 * @property {string} wheel  Who turns the wheel over the map is told so.
 * @property {string} fingers  Who moves the map with one finger is told so.
 * @property {string} keys  What the keyboard does.
 * @property {string} class  What a class of the legend is called.
 *
 * @typedef {{ title: string, steps: string[] }} Axis  A measure, and what each of its steps admits.
 *
 * @typedef {object} Square  The first classes of a legend are its cells, row by row from the top.
 * @property {Axis} across  From left to right.
 * @property {Axis} up  From the top down.
 *
 * @typedef {object} Legend
 * @property {Level} level  Whose colours it explains.
 * @property {string} title
 * @property {[fill: string, label: string, count: string, hatch: number][]} rows
 * @property {string[]} notes
 * @property {Square} [square]
 *
 * @typedef {object} LapseMoment  A day of a time-lapse.
 * @property {string} label
 * @property {string} said  What the slider says of it.
 * @property {string} classes  A character (0 to 9, then a to z) a region: the place of its colour in `fills`.
 * @property {string[]} counts  How many regions each of `fills` has, in words.
 *
 * @typedef {object} Lapse
 * @property {number[]} ids  Of all regions of the level, in rising order, each as the step from the one before.
 * @property {string[]} fills  Those of the first have not reported.
 * @property {number} hatch  Pixels between the lines over them.
 * @property {LapseMoment[]} moments  The last is the view itself.
 * @property {{ play: string, stop: string, slider: string }} words
 *
 * @typedef {object} View
 * @property {Level} level
 * @property {string} within  Digits of the region whose parts are drawn; empty: Indonesia.
 * @property {boolean} petak  Whether regions are drawn as equal squares.
 * @property {number | null} chosen  Feature id of the region to outline.
 * @property {Corners} bounds  Where the camera goes.
 * @property {PaintedClass[]} classes  Regions of class zero may be left out.
 * @property {string[]} rest  Lines on regions that stand in no class.
 * @property {string[]} texts  Every text that figures refer to, once.
 * @property {string} title  Stands over the map; empty: nothing does.
 * @property {string} about
 * @property {Legend[]} legends  Of each level that is drawn; empty where the page has its own.
 * @property {string | null} points  Address of the KIM to draw as points.
 * @property {PlannedKim[]} plan
 * @property {string} lang  As BCP 47 writes it.
 * @property {Words} words
 * @property {Far} [far]
 * @property {Lapse} [lapse]
 *
 * @typedef {[lat: number, lng: number, name: string, desa: string, number: string]} KimPoint  As
 * the address `points` answers with.
 *
 * @typedef {object} RegionProperties  Attributes of a feature: `geodata/boundaries/features.py`.
 * @property {string} nama
 * @property {string} [kecamatan]
 * @property {string} [kabupaten_kota]
 * @property {string} [provinsi]
 * @property {number} [lat]  Of marks: a point inside the region.
 * @property {number} [lng]
 *
 * @typedef {{ id: number, properties: RegionProperties }} Region
 *
 * @typedef {[lng: number, lat: number]} Position
 *
 * @typedef {Region & { ring: Position[] }} Shape  A region, or the part of it in a tile.
 *
 * @typedef {{ latlng: { lat: number, lng: number }, region?: Region }} MapEvent  Of the keyboard it names
 * the region that is meant.
 *
 * @typedef {object} Painter  Draws regions on the map.
 * @property {string} name
 * @property {boolean} drawsBothLevels  Whether `far` gives way to the view's level by itself.
 * @property {(view: View, figures: Map<number, import("./table.js").Figures>) => Promise<void>} paint
 * @property {(view: View, fills: Map<number, string>, unreported: number[] | null) => void} recolour  Some regions,
 * by feature id; which of them have not reported, in rising order, where these are others than before.
 * @property {(event: MapEvent) => Region | null} regionAt
 * @property {() => Promise<void>} settled  Kept once all that is in sight is drawn.
 * @property {() => Shape[]} shapes  Of what is named in sight.
 * @property {() => Shape[]} regions  In sight, their marks among them.
 * @property {(region: Region | null) => void} highlight
 * @property {(id: number | null) => void} outline  The region that the keyboard is at.
 * @property {(fills: Set<string>) => void} emphasise  Only regions of these colours stand out; of
 * none: all do.
 */
export {};
