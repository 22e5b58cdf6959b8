import type { Issue } from '../../shared/domain/issue.ts';
import type { Sheet } from '../check/sheet.ts';
import { numberText } from '../format.ts';
import { useLanguage, useText } from '../language.ts';
import { type ShownGroup, shownGroups } from './issue-groups.ts';
import { placeText } from './issue-place.ts';
import { SeverityMark } from './severity-mark.tsx';
import { marksOf, placeIdOf } from './sheet-marks.ts';

interface Props {
  issues: readonly Issue[];
  issueCounts: Readonly<Record<string, number>>;
  isJson: boolean;
  /** The table that shows the rows: places lead to their cells in it. */
  sheet?: Sheet | undefined;
}

/** What was found in a file, by rule: what is wrong, what to do about it, and where. */
export function IssueList({ issues, issueCounts, isJson, sheet }: Props) {
  const groups = shownGroups(issues, issueCounts);
  const marks = sheet && marksOf(sheet, issues);
  const hrefOf = (issue: Issue) => {
    const id = sheet && marks && placeIdOf(sheet, marks, issue);
    return id && `#${id}`;
  };
  return (
    <ul class="issue-groups">
      {groups.map((group) => (
        <li key={group.code} class={`card issue-group ${group.severity}`}>
          <GroupHead group={group} />
          <Places group={group} isJson={isJson} hrefOf={hrefOf} />
        </li>
      ))}
    </ul>
  );
}

function GroupHead({ group: { code, severity, count, message, remedy } }: { group: ShownGroup }) {
  const language = useLanguage();
  const text = useText();
  const times = numberText(count, language);
  return (
    <>
      <p class="issue-group-head">
        <SeverityMark severity={severity} />
        <span class="soft small">
          {text({ vi: `${times} chỗ`, en: count === 1 ? '1 place' : `${times} places` })} ·{' '}
          <code>{code}</code>
        </span>
      </p>
      <p>
        <strong>{text(message)}</strong> {remedy && text(remedy)}
      </p>
    </>
  );
}

/** Where a rule found something; said only once each, however often it was found there. */
function Places({
  group: { first, count },
  isJson,
  hrefOf,
}: {
  group: ShownGroup;
  isJson: boolean;
  hrefOf(issue: Issue): string | undefined;
}) {
  const language = useLanguage();
  const text = useText();
  const places = first.flatMap((issue) => {
    const place = placeText(issue, isJson);
    return place ? [{ place: text(place), href: hrefOf(issue), issue }] : [];
  });
  if (places.length === 0) return <Texts issues={count > 1 ? first : []} />;
  const more = count - first.length;
  return (
    <ul class="issue-places" aria-label={text({ vi: 'Vị trí', en: 'Where' })}>
      {places.map(({ place, href, issue }, index) => (
        <li key={index}>
          {href === undefined ? (
            <span class="issue-place" title={text(issue.message)}>
              <bdi>{place}</bdi>
            </span>
          ) : (
            <a class="issue-place" href={href} onClick={focusTarget}>
              <bdi>{place}</bdi>
            </a>
          )}
        </li>
      ))}
      {more > 0 && (
        <li class="soft small">
          {text({
            vi: `và ${numberText(more, language)} chỗ nữa`,
            en: `and ${numberText(more, language)} more`,
          })}
        </li>
      )}
    </ul>
  );
}

/** What is at no place in the file differs by what it says. */
function Texts({ issues }: { issues: readonly Issue[] }) {
  const text = useText();
  if (issues.length === 0) return null;
  return (
    <ul class="issue-texts small">
      {issues.map((issue, index) => (
        <li key={index}>{text(issue.message)}</li>
      ))}
    </ul>
  );
}

/** Moves the keyboard to the cell too, which following a link alone does not. */
function focusTarget(event: Event): void {
  if (!(event.currentTarget instanceof HTMLAnchorElement)) return;
  const target = document.getElementById(event.currentTarget.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: 'center', inline: 'center' });
}
