/**
 * Whether bytes that are no UTF-8 are Mac Roman, which older spreadsheets on a Mac write and which no detector of ours
 * knows. Its accented letters stand at 0x80 to 0x9F, where windows-1252 has signs and capitals; those of windows-1252
 * stand from 0xC0 on, where Mac Roman has signs and capitals. Within a word of small letters only one of them is a
 * letter. What is a letter, a dash or a quotation mark in windows-1252 or 1250 too (0x91 to 0x97, 0x9A to 0x9F) proves
 * nothing; up to 0x86 Mac Roman has capitals, and code pages of DOS small letters.
 */
export function isMacRoman(bytes: Buffer): boolean {
  let mac = 0;
  let others = 0;
  for (let at = 1; at < bytes.length - 1; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80 || !small(bytes[at - 1]) || !small(bytes[at + 1])) continue;
    if (macLetters.has(byte)) mac += 1;
    else if (byte >= 0xc0 || byte <= 0x86) others += 1;
  }
  return mac > 0 && mac > 3 * others;
}

/** Small letters of Mac Roman that no code page of Windows has within a word of small letters. */
const macLetters: ReadonlySet<number> = new Set([
  0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8d, 0x8e, 0x8f, 0x90, 0x98, 0x99, 0x9b,
]);

const small = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x61 && byte <= 0x7a;
