import type { IssueFacts, Place } from '../issue-codes.ts';
import { numberFields } from './columns.ts';
import { type DecimalSign, readNumber } from './number-text.ts';
import { type Cell, placeOf, type SourceRow } from './source-row.ts';

/** The number style of a whole file. */
export interface NumberStyle {
  /** The decimal sign that was proven; absent when nothing in the file proves one. */
  decimal?: DecimalSign;
  /** The first number that proves it, as the file writes it. */
  proof?: string;
  /** Where that number stands. */
  proofAt?: Place;
}

/** What explains the reading of a number cell to its sender: the number that shows the file's style, and what came of it. */
export function explainReading(
  { text, isLiteral }: Pick<Cell, 'text' | 'isLiteral'>,
  { decimal, proof, proofAt }: NumberStyle,
): Pick<IssueFacts, 'proof' | 'readAs'> {
  if (isLiteral || decimal === undefined || proof === undefined || proofAt === undefined) return {};
  const shape = readNumber(text);
  const explained = { proof: { text: proof, at: proofAt, decimal } };
  if (shape.kind !== 'either') return explained;
  return { ...explained, readAs: shape.sign === decimal ? shape.decimal : shape.grouped };
}

/**
 * Gathers what the numbers of a file prove about its decimal sign. Where a file proves both, the sign proven
 * more often (the earlier, when equally often) is taken for the file's, so that the others can be reported.
 */
export class StyleEvidence {
  #proofs = new Map<DecimalSign, { text: string; at: Place; count: number }>();

  add(row: SourceRow): void {
    for (const field of numberFields) {
      const cell = row.cells.get(field);
      if (!cell || cell.isLiteral || cell.isFaulty || cell.text === '') continue;
      const shape = readNumber(cell.text);
      if (shape.kind !== 'clear' || !shape.proves) continue;
      const proof = this.#proofs.get(shape.proves);
      if (proof) proof.count += 1;
      else this.#proofs.set(shape.proves, { text: cell.text, at: placeOf(row.row, cell), count: 1 });
    }
  }

  get style(): NumberStyle {
    const [best] = [...this.#proofs].sort(([, a], [, b]) => b.count - a.count);
    return best ? { decimal: best[0], proof: best[1].text, proofAt: best[1].at } : {};
  }
}
