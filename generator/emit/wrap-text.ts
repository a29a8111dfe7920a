/** The text in lines of at most `width` characters, broken at spaces; paragraphs, set off by empty lines, stay apart. */
export function wrapText(text: string, width: number): string[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .flatMap((paragraph, index) => (index === 0 ? wrapParagraph(paragraph, width) : ['', ...wrapParagraph(paragraph, width)]));
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.trim().split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
