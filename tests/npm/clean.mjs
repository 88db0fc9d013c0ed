// A fragment on standard input → JSON with what each sanitiser leaves of it.
import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";
import sanitizeHtml from "sanitize-html";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const fragment = Buffer.concat(chunks).toString("utf8");
const purifier = createDOMPurify(new JSDOM("").window);

process.stdout.write(
  JSON.stringify({
    DOMPurify: purifier.sanitize(fragment),
    "DOMPurify, no attributes": purifier.sanitize(fragment, { ALLOWED_ATTR: [] }),
    "sanitize-html": sanitizeHtml(fragment),
  }),
);
