// The chat as a customer meets it. One server, one browser; each test has a customer and a conversation of its own.

import "./centre.mjs";
import "./browser.mjs";
import "./size.mjs";
import "./pieces.mjs";
import "./talking.mjs";
import "./network.mjs";
import "./files.mjs";
import "./hostile.mjs";
import "./hours.mjs";
import "./keyboard.mjs";
import "./languages.mjs";
import "./pages.mjs";
import "./accessibility.mjs";
import "./pictures.mjs";
