import type { Issue } from '../shared/domain/issue.ts';
import { entryOf, type IssueCode, type IssueCodeEntry, issueCodes } from '../shared/domain/issue-codes.ts';

/** A file in which a code is found: `name` as under tests/fixtures/intake, and the issue it gives. */
export interface IssueExample {
  name: string;
  issue: Omit<Issue, 'severity' | 'message'>;
}

const scopes: readonly { scope: IssueCodeEntry['scope']; title: string }[] = [
  { scope: 'file', title: 'Về cả tệp · about the file' },
  { scope: 'row', title: 'Về một dòng · about one row' },
  { scope: 'history', title: 'So với số liệu đã công bố · against what is published' },
];

const introduction = `# Mã lỗi · issue codes

<!-- Generated from shared/domain/issue-codes.ts by "npm run docs"; do not edit. -->

Mỗi mục là một mã: ý nghĩa, rồi cách sửa. Một **lỗi** làm cả tệp bị từ chối, **cảnh báo** thì không. Mã không đổi; câu chữ có
thể được viết lại cho rõ hơn. Câu ví dụ lấy từ tệp ghi bên dưới; ở mã chưa có tệp ví dụ, \`{value}\` là nội dung trong tệp và
\`{expected}\` là điều đúng ra phải có.

Each entry is a code: what it means, then what to do. An **error** rejects the file, a **warning** does not. Codes are stable;
sentences may improve. They are shown as the file named below them gives them; for a code without one, \`{value}\` is what the
file says and \`{expected}\` what would be right.
`;

/** The page of all issue codes in the order of the registry, by scope, each with its example where there is one. */
export function issueCodesPage(exampleOf: (code: IssueCode) => IssueExample | undefined): string {
  const codes = Object.keys(issueCodes).filter((code): code is IssueCode => code in issueCodes);
  const sections = scopes.map(({ scope, title }) => {
    const entries = codes
      .filter((code) => entryOf(code).scope === scope)
      .map((code) => entryText(code, exampleOf(code)));
    return [`## ${title}`, ...entries].join('\n\n');
  });
  return `${[introduction, ...sections].join('\n')}\n`
    .replace(/\n(## )/g, '\n\n$1')
    .replace(/\n{3,}/g, '\n\n');
}

function entryText(code: IssueCode, example: IssueExample | undefined): string {
  const { severity, message, remedy } = entryOf(code);
  const { value = '', expected = '' } = example
    ? example.issue
    : { value: '{value}', expected: '{expected}' };
  const [said, advised] = [message({ value, expected }), remedy({ value, expected })];
  return [
    `### \`${code}\``,
    severity === 'error' ? '**Lỗi · error**' : '**Cảnh báo · warning**',
    `- ${said.vi} *${advised.vi}*\n- ${said.en} *${advised.en}*`,
    ...(example ? [exampleText(example)] : []),
  ].join('\n\n');
}

function exampleText({ name, issue: { row, cell } }: IssueExample): string {
  const place = cell ? `, ô · cell ${cell}` : row ? `, dòng · row ${row}` : '';
  return `Ví dụ · example: [${name}](../tests/fixtures/intake/${name})${place}`;
}
