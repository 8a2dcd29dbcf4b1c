import { addDays, type Day, firstDay, lastDay } from '../day.ts';

/**
 * Today, and the memory of every future day that a judgement depended on. Rules compare days through it alone, so
 * that the next moment at which time could turn a verdict is known without asking each rule for it.
 */
export class Clock {
  readonly today: string;
  #turn: string | null = null;

  constructor(today: string) {
    this.today = today;
  }

  /** Past its last day: what is due in a month is over when the month is. */
  over(day: Day): boolean {
    const last = lastDay(day);
    if (last < this.today) return true;
    this.#note(addDays(last, 1));
    return false;
  }

  /** Its first day has come. */
  reached(day: Day): boolean {
    const first = firstDay(day);
    if (first <= this.today) return true;
    this.#note(first);
    return false;
  }

  /** Between two days, either of which may be open. */
  within(from: Day | null, to: Day | null): boolean {
    return (from === null || this.reached(from)) && (to === null || !this.over(to));
  }

  /** The first day on which a comparison made so far comes out differently. */
  get nextTurn(): string | null {
    return this.#turn;
  }

  #note(day: string): void {
    if (this.#turn === null || day < this.#turn) this.#turn = day;
  }
}
