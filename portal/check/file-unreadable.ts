/** A file chosen on the page could not be read: it was changed, moved or taken away since. `cause` says what happened. */
export class FileUnreadable extends Error {
  constructor(cause?: unknown) {
    super('The chosen file cannot be read any more', { cause });
    this.name = 'FileUnreadable';
  }
}
