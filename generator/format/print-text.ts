/** What YAML would not read as text: null, truth values and numbers of the core schema. */
const notText = /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$/;
const indicators = /^(?:[-?:,[\]{}#&*!|>'"%@`=]|---|\.\.\.|<<)/;
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** Whether a text may stand without quotes; between brackets less may. */
function isPlain(text: string, inFlow: boolean): boolean {
  if (notText.test(text) || indicators.test(text) || control.test(text) || text !== text.trim()) return false;
  if (/: | #|:$/.test(text)) return false;
  return !inFlow || !/[,[\]{}]/.test(text);
}

/** A text on one line: bare if that is safe, otherwise in double quotes, in single quotes if it has some of the others. */
export function quoted(text: string, inFlow: boolean): string {
  if (isPlain(text, inFlow)) return text;
  if (control.test(text)) return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** A text over several lines, header first; `undefined` if it has to stand on one. Lines are indented by the caller. */
export function blockText(text: string, width: number): readonly string[] | undefined {
  const ended = text.endsWith('\n');
  const body = ended ? text.slice(0, -1) : text;
  const lines = body.split('\n');
  const foldable = body !== '' && lines.every((line) => line === line.trim() && !/ {2}/.test(line)) && lines[0] !== '' && lines.at(-1) !== '';
  if (!foldable || control.test(lines.join(''))) return undefined;
  const chomp = ended ? '' : '-';
  if (lines.length > 1 && lines.every((line) => line.length <= width)) return [`|${chomp}`, ...lines];
  // A line break inside a folded text is an empty line.
  const folded = lines.flatMap((line, index) => [...(index === 0 ? [] : ['']), ...(line === '' ? [] : fold(line, width))]);
  return [`>${chomp}`, ...folded];
}

function fold(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
