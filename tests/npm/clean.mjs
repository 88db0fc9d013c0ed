// A JSON list of fragments on standard input → for each, what each sanitiser leaves of it, as JSON.
import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";
import sanitizeHtml from "sanitize-html";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const fragments = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const purifier = createDOMPurify(new JSDOM("").window);

process.stdout.write(
  JSON.stringify(
    fragments.map((fragment) => ({
      DOMPurify: purifier.sanitize(fragment),
      "DOMPurify, no attributes": purifier.sanitize(fragment, { ALLOWED_ATTR: [] }),
      "sanitize-html": sanitizeHtml(fragment),
    })),
  ),
);
