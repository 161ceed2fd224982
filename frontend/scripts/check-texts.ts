import { fileURLToPath } from "node:url";
import { checkTexts } from "./texts.ts";

const faults = checkTexts(fileURLToPath(new URL("../src", import.meta.url)));
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? "texts: all in place" : `texts: ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
