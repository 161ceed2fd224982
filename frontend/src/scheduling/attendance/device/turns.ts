/** One run at a time: who asks meanwhile is served by another run after it, whether or not the one before failed. */
export function inTurn(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(work, work);
    return last;
  };
}
