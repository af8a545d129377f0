// All tests of the report in one process, so that they share one browser.

import "./accessibility.mjs";
import "./keyboard.mjs";
import "./line.mjs";
import "./network.mjs";
import "./print.mjs";
import "./width.mjs";
