// The form engine of the mobile app, started in Node: it only needs a document to parse with.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html>", { url: "http://localhost/" });
const words = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (window));
for (const name of [
  "DOMParser", "XMLSerializer", "XPathResult", "XPathEvaluator", "NodeFilter", "Node", "Element",
  "Attr", "Text", "Comment", "CDATASection", "Document", "XMLDocument", "HTMLElement",
  "document", "window", "localStorage",
]) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: words[name] });
}
// Read by the parser of expressions, which takes Node for CommonJS; its code comes as data.
Object.defineProperty(globalThis, "__dirname", { value: "." });

export const { loadForm } = await import("@getodk/xforms-engine");
