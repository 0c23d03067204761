/** What a presentation runs: see `deck_script` in slide.py. */

import { present } from "./paparan.js";

present();
