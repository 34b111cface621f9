// Reads charts (a JSON list) and prints, for each, what Mermaid's own parser finds in it.
// Run from a folder whose node_modules has mermaid and jsdom.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "x.js"));
const { JSDOM } = require("jsdom");
const window = new JSDOM("").window;
globalThis.window = window;
globalThis.document = window.document;
const file = join(process.cwd(), "node_modules/mermaid/dist/mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(file));
mermaid.initialize({ securityLevel: "strict" });

let text = "";
for await (const chunk of process.stdin) text += chunk;
const found = [];
for (const chart of JSON.parse(text)) {
  try {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(chart);
    const nodes = [...db.getVertices().values()];
    found.push({
      labels: nodes.map((node) => node.text),
      classes: nodes.flatMap((node) => node.classes),
      links: nodes.filter((node) => node.link || node.haveCallback).length,
      icons: nodes.filter((node) => node.icon || node.img).length,
      edges: db.getEdges().length,
      subgraphs: db.getSubGraphs().length,
    });
  } catch (error) {
    found.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(found));
