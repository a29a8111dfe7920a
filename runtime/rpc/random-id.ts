/**
 * Random hex digits for ids that name something in logs and protect nothing. Without node:crypto, which takes 3 ms to load: a
 * twentieth of the time to the first answer of a worker.
 */
export function randomId(digits: number): string {
  let id = '';
  while (id.length < digits) id += Math.floor(Math.random() * 0x1_0000_0000).toString(16).padStart(8, '0');
  return id.slice(0, digits);
}
