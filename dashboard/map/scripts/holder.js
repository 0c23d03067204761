/**
 * @returns {Window} The page of ours that holds the map's frame; where another site's page does, or none, the
 * map's own, since what is theirs may not be touched.
 */
export function holder() {
  return window.frameElement ? window.parent : window;
}
