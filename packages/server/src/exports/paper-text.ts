/**
 * Scripts whose letters the fonts hold, with digits, signs and marks. Letters that are written from right to left or that
 * join are left out although some have glyphs: set one after the other they read wrong, which is worse than a box.
 */
const covered =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}]$/u;
/** What no script owns is held up to the signs and arrows; signs of East Asian writing and pictures are not. */
const beyond = /^[\u2c00-\u2dff\u2e80-\ufefe\uff00-\uffef\u{10000}-\u{10ffff}]$/u;
const ownLetters = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Georgian}]$/u;

const isHeld = (letter: string): boolean =>
  (letter >= ' ' && letter <= '~') ||
  (covered.test(letter) && (!beyond.test(letter) || (letter < '\u{10000}' && ownLetters.test(letter))));

/** Text measured and broken in one font. Widths are added up letter by letter, at a size of 1,000. */
export class FontText {
  readonly #widths = new Map<string, number>();
  readonly #measure: (letter: string) => number;
  /** Letters that the font does not hold, so far. */
  uncovered = 0;

  /** `measure`: how wide a letter is in the font at a size of 1,000. */
  constructor(measure: (letter: string) => number) {
    this.#measure = measure;
  }

  width(text: string, size: number): number {
    let sum = 0;
    for (const letter of text) sum += this.#of(letter);
    return (sum * size) / 1_000;
  }

  /** Lines no wider than `width`: broken at spaces, and a word that is wider than a line within it. */
  lines(text: string, size: number, width: number): string[] {
    const most = (width * 1_000) / size;
    return this.#shown(text)
      .split('\n')
      .flatMap((paragraph) => this.#broken(paragraph, most));
  }

  #broken(paragraph: string, most: number): string[] {
    const lines: string[] = [];
    const space = this.#of(' ');
    let line = '';
    let used = 0;
    for (const word of paragraph.split(/ +/)) {
      const wide = this.#sum(word);
      if (line !== '' && used + space + wide <= most) {
        line += ` ${word}`;
        used += space + wide;
        continue;
      }
      if (line !== '') lines.push(line);
      [line, used] = wide <= most ? [word, wide] : this.#cut(word, most, lines);
    }
    lines.push(line);
    return lines;
  }

  #cut(word: string, most: number, lines: string[]): [string, number] {
    let part = '';
    let used = 0;
    for (const letter of word) {
      const wide = this.#of(letter);
      if (part !== '' && used + wide > most) {
        lines.push(part);
        part = '';
        used = 0;
      }
      part += letter;
      used += wide;
    }
    return [part, used];
  }

  #shown(text: string): string {
    let shown = '';
    for (const letter of text) {
      if (letter === '\n' || isHeld(letter)) {
        shown += letter;
        continue;
      }
      shown += '□';
      this.uncovered += 1;
    }
    return shown;
  }

  #sum(word: string): number {
    let sum = 0;
    for (const letter of word) sum += this.#of(letter);
    return sum;
  }

  #of(letter: string): number {
    const known = this.#widths.get(letter);
    if (known !== undefined) return known;
    const width = this.#measure(letter);
    this.#widths.set(letter, width);
    return width;
  }
}
