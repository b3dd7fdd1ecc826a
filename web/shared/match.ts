// Does a text have these words? Without case and accents, each word as the beginning of one in the text.

export const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");

const words_of = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** A test for texts; no words match everything. */
export function matcher(query: string): (text: string) => boolean {
  const wanted = words_of(query);
  return (text) => {
    const words = words_of(text);
    return wanted.every((word) => words.some((own) => own.startsWith(word)));
  };
}
