import { appendFileSync, closeSync, fstatSync, mkdtempSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueListHeading, issueListRow } from '../domain/intake/issue-list.ts';
import type { Issue } from '../domain/issue.ts';

/** The most issues a list has in full: nearly what Excel shows. A last line counts the others. */
const maxIssuesListed = 1_000_000;

/** Excel in Vietnam takes a semicolon for the end of a column, whatever the sender's file had. */
const separator = ';';
const bufferedCharacters = 64 * 1024;

/** A list on the disk. `directory` is its own, for whatever may go when the list goes. */
export interface StoredList {
  directory: string;
  path: string;
  bytes: number;
}

/**
 * The list of all issues of a file as CSV on the local disk. It is written while the file is checked, which waits
 * for nobody, and never held: the writes are synchronous. Nothing is on the disk before the first issue.
 */
export class IssueListFile {
  #maxIssues: number;
  #directory: string | undefined;
  #descriptor: number | undefined;
  #buffer = '';
  #count = 0;
  /** Whether the last line is written. */
  #isCounted = false;

  constructor(maxIssues: number = maxIssuesListed) {
    this.#maxIssues = maxIssues;
  }

  add(issue: Issue): void {
    if (this.#descriptor === undefined) this.#open();
    this.#count += 1;
    if (this.#count > this.#maxIssues) return;
    this.#buffer += issueListRow(issue, separator);
    if (this.#buffer.length >= bufferedCharacters) this.#flush();
  }

  /** The list so far: where it is, and its size. `undefined` without any issue. */
  complete(): StoredList | undefined {
    if (this.#directory === undefined || this.#descriptor === undefined) return undefined;
    if (this.#count > this.#maxIssues && !this.#isCounted) {
      this.#buffer += issueListRow(othersCounted(this.#count - this.#maxIssues), separator);
      this.#isCounted = true;
    }
    this.#flush();
    const path = listIn(this.#directory);
    return { directory: this.#directory, path, bytes: fstatSync(this.#descriptor).size };
  }

  /** Removes what is on the disk. */
  async dispose(): Promise<void> {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    if (this.#directory !== undefined) await rm(this.#directory, { recursive: true, force: true });
  }

  #open(): void {
    this.#directory = mkdtempSync(join(tmpdir(), 'tiendo-issues-'));
    this.#descriptor = openSync(listIn(this.#directory), 'w');
    this.#buffer = issueListHeading(separator);
  }

  #flush(): void {
    if (this.#descriptor !== undefined) appendFileSync(this.#descriptor, this.#buffer);
    this.#buffer = '';
  }
}

function listIn(directory: string): string {
  return join(directory, 'issues.csv');
}

function othersCounted(left: number): Issue {
  return {
    code: '',
    severity: 'error',
    message: {
      vi: `Còn ${left} mục nữa không ghi trong danh sách này; số lượng của từng mã có trên biên nhận.`,
      en: `${left} more are not in this list; the receipt counts them by code.`,
    },
  };
}
