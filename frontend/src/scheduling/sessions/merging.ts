/** Three versions of a form: as it was opened, as it is filled in, as somebody else saved it meanwhile. */

/** Fields that are said, and chosen, together. */
export type Parts<Value> = readonly (readonly (keyof Value)[])[];

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export interface Merged<Value> {
  /** Mine, with what only the other changed. */
  value: Value;
  /** Parts that the other alone changed: they are in. */
  taken: number[];
  /** Parts that both changed, each in another way: mine stands until somebody chooses. */
  clashes: number[];
}

export function take<Value>(into: Value, from: Value, part: readonly (keyof Value)[]): Value {
  return { ...into, ...Object.fromEntries(part.map((name) => [name, from[name]])) };
}

/** `kept`: parts for which mine was chosen. */
export function merge<Value>(
  { base, mine, theirs }: { base: Value; mine: Value; theirs: Value },
  parts: Parts<Value>,
  kept: ReadonlySet<number> = new Set(),
): Merged<Value> {
  const found: Merged<Value> = { value: mine, taken: [], clashes: [] };
  parts.forEach((part, number) => {
    const differ = (one: Value, other: Value) => part.some((name) => !same(one[name], other[name]));
    if (!differ(theirs, base) || !differ(theirs, mine)) return;
    if (!differ(mine, base)) {
      found.value = take(found.value, theirs, part);
      found.taken.push(number);
    } else if (!kept.has(number)) {
      found.clashes.push(number);
    }
  });
  return found;
}
