import { expect, test } from "vitest";
import { codeIn } from "./code";

test("only the door's own address holds its code", () => {
  const code = "3.5.hsk2f1.UEjOPODx_bciPn6LszG6YA";
  expect(codeIn(` https://renqi.example/in/${code} `)).toBe(code);
  for (const other of [code, `https://renqi.example/a/${code}`, `https://renqi.example/in/${code}x`, "RQ46677241"]) {
    expect(codeIn(other)).toBeUndefined();
  }
});
