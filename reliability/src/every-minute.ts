const MINUTE = 60_000;

/**
 * Writes a line to standard error every minute, so that long work does not look stuck.
 *
 * @param line what to say; it is called with the minutes since the start
 * @returns what ends it
 */
export function everyMinute(line: (minutes: number) => string): () => void {
  let minutes = 0;
  const timer = setInterval(() => process.stderr.write(`${line(++minutes)}\n`), MINUTE);
  // Lines about work do not keep a process alive that has none.
  timer.unref();
  return () => clearInterval(timer);
}
