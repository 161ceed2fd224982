/** Holds the rule that sentences live in catalogs: every id has its text in both languages, where its page can see it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";

const languages = ["zh-Hans", "en"] as const;
/** Ids put together from what the server says, or of pages still to come. */
const openFamilies = ["errors.", "menu.", "role."];
const spokenAttributes = new Set(["label", "title", "placeholder", "aria-label", "alt", "description", "verb", "lead"]);
const chinese = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;
const word = /[A-Za-z]{2,}|[\u3400-\u9fff]/;

type Catalog = Record<string, string>;
interface Room {
  folder: string;
  texts: Record<string, Catalog>;
}

function filesUnder(folder: string, keep: (path: string) => boolean): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path, keep);
    return keep(path) ? [path] : [];
  });
}

const placeholders = (text: string): string =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1]))].sort().join(" ");

function readRooms(source: string): Room[] {
  const catalogs = filesUnder(source, (path) => path.includes(`${sep}locales${sep}`) && path.endsWith(".json"));
  const folders = [...new Set(catalogs.map((path) => dirname(dirname(path))))].sort();
  return folders.map((folder) => ({
    folder,
    texts: Object.fromEntries(
      languages.map((language) => {
        const path = join(folder, "locales", `${language}.json`);
        return [language, existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Catalog) : {}];
      }),
    ),
  }));
}

function catalogFaults(rooms: Room[], source: string): string[] {
  const faults: string[] = [];
  const owner = new Map<string, string>();
  for (const room of rooms) {
    const name = relative(source, room.folder);
    const [first, second] = languages.map((language) => room.texts[language] ?? {}) as [Catalog, Catalog];
    for (const id of new Set([...Object.keys(first), ...Object.keys(second)])) {
      const taken = owner.get(id);
      if (taken !== undefined) faults.push(`${name}: "${id}" is also in ${taken}`);
      owner.set(id, name);
      const [a, b] = [first[id], second[id]];
      if (!a || !b) faults.push(`${name}: "${id}" has no text in ${a ? languages[1] : languages[0]}`);
      else if (placeholders(a) !== placeholders(b)) faults.push(`${name}: "${id}" names other values in each language`);
    }
  }
  return faults;
}

interface Uses {
  ids: { id: string; where: string; path: string }[];
  families: Set<string>;
  literals: Set<string>;
  faults: string[];
}

function readUses(path: string, source: string, uses: Uses): void {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const place = (node: ts.Node) =>
    `${relative(source, path)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const use = (node: ts.Node | undefined) => {
    if (!node) return;
    if (ts.isStringLiteralLike(node)) uses.ids.push({ id: node.text, where: place(node), path });
    if (ts.isTemplateExpression(node)) uses.families.add(node.head.text);
    if (ts.isConditionalExpression(node)) {
      use(node.whenTrue);
      use(node.whenFalse);
    }
    if (ts.isJsxExpression(node)) use(node.expression);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) uses.literals.add(node.text);
    if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && chinese.test(node.getText())) {
      uses.faults.push(`${place(node)}: Chinese in code`);
    }
    if (ts.isJsxText(node) && word.test(node.text)) uses.faults.push(`${place(node)}: a text in code`);
    if (ts.isCallExpression(node) && node.expression.getText() === "t") use(node.arguments[0]);
    if (ts.isCallExpression(node) && node.expression.getText() === "say") addFamily(node.arguments[1]);
    if (ts.isJsxAttribute(node)) visitAttribute(node);
    ts.forEachChild(node, visit);
  };
  const addFamily = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) uses.families.add(`${node.text}.`);
  };
  const visitAttribute = (node: ts.JsxAttribute) => {
    const name = node.name.getText();
    const tag = (node.parent.parent as ts.JsxOpeningLikeElement).tagName.getText();
    if (tag === "T" && name === "id") use(node.initializer);
    if (tag === "Sentence" && name === "family") addFamily(node.initializer);
    const value = node.initializer;
    if (spokenAttributes.has(name) && value && ts.isStringLiteral(value) && word.test(value.text)) {
      uses.faults.push(`${place(node)}: a text in code (${name})`);
    }
  };
  visit(file);
}

/** A page reads its own catalog, those of the folders around it, and the kit's. */
function canRead(path: string, room: Room, source: string): boolean {
  return path.startsWith(room.folder + sep) || relative(source, room.folder) === "ui";
}

/** Mantine's sheets are picked one by one (all of them weigh more than the shell): an unpicked one is found here. */
function sheetFaults(paths: string[], source: string): string[] {
  const picked = readFileSync(join(source, "ui", "mantine.css"), "utf8");
  const sheets = join(source, "..", "node_modules", "@mantine", "core", "styles");
  return paths.flatMap((path) => {
    const names = /import \{([^}]*)\} from "@mantine\/core"/s.exec(readFileSync(path, "utf8"))?.[1] ?? "";
    return names
      .split(",")
      .map((name) => name.trim().split(" ")[0] ?? "")
      .filter((name) => name && existsSync(join(sheets, `${name}.css`)) && !picked.includes(`/${name}.css"`))
      .map((name) => `${relative(source, path)}: ${name} needs its line in ui/mantine.css`);
  });
}

export function checkTexts(source: string): string[] {
  const rooms = readRooms(source);
  const paths = filesUnder(source, (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/test\/|schema\.ts$/.test(path));
  const uses: Uses = { ids: [], families: new Set(openFamilies), literals: new Set(), faults: [] };
  for (const path of paths) readUses(path, source, uses);
  const faults = [...catalogFaults(rooms, source), ...uses.faults, ...sheetFaults(paths, source)];

  for (const { id, where, path } of uses.ids) {
    const holders = rooms.filter((room) => id in (room.texts["zh-Hans"] ?? {}));
    if (holders.length === 0) faults.push(`${where}: "${id}" has no text`);
    else if (!holders.some((room) => canRead(path, room, source))) {
      faults.push(`${where}: "${id}" belongs to another room, which may not be loaded`);
    }
  }
  const families = [...uses.families];
  for (const room of rooms) {
    for (const id of Object.keys(room.texts["zh-Hans"] ?? {})) {
      if (uses.literals.has(id) || families.some((family) => id.startsWith(family))) continue;
      faults.push(`${relative(source, room.folder)}: "${id}" is not used`);
    }
  }
  return faults;
}
