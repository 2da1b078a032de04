// What the pages do better with a script; each works without.
import "htmx.org";
import "./appearance.js";
import "./drafts.js";
import "./focus.js";
import "./keys.js";
import "./many.js";
import "./menus.js";
import "./names.js";
import "./pictures.js";
import "./refused.js";
import "./submit.js";
