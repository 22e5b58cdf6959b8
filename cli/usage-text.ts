/**
 * What commander says of a wrong call, Vietnamese first: `error: unknown command 'query'` becomes
 * `Không có lệnh "query".` and the English sentence. What it says anew one day stays as it is.
 */
export function usageText(complaint: string): string {
  const lines = complaint.trim().split('\n');
  const [first = '', ...rest] = lines;
  const english = first.replace(/^error: /, '');
  for (const [pattern, vietnamese] of sentences) {
    const match = pattern.exec(english);
    if (match) return [vietnamese(match), capitalized(english), ...rest.map(suggestion)].join('\n');
  }
  return complaint.trimEnd();
}

type Sentence = (match: RegExpExecArray) => string;

const sentences: readonly (readonly [RegExp, Sentence])[] = [
  [/^missing required argument '(.+)'/, ([, name]) => `Thiếu tham số ${name}.`],
  [/^required option '(.+)' not specified/, ([, option]) => `Thiếu tùy chọn bắt buộc ${option}.`],
  [/^option '(.+)' argument missing/, ([, option]) => `Tùy chọn ${option} cần có giá trị đi kèm.`],
  [/^unknown option '(.+)'/, ([, option]) => `Không có tùy chọn ${option}.`],
  [/^unknown command '(.+)'/, ([, command]) => `Không có lệnh "${command}".`],
  [
    /^too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+)/,
    ([, , most, given]) => `Thừa tham số: cần ${most}, nhưng có ${given}.`,
  ],
];

function suggestion(line: string): string {
  return line.replace(/^\(Did you mean (.+)\?\)$/, '(Có phải ý là · did you mean $1?)');
}

function capitalized(text: string): string {
  const sentence = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.?]$/.test(sentence) ? sentence : `${sentence}.`;
}
