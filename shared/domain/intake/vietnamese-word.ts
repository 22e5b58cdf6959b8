const onset = '(?:ngh|ng|gh|gi|kh|ch|nh|ph|qu|th|tr|[bcdđghklmnprstvx])?';

/** Every rhyme of Vietnamese spelling, without its tone. */
const rhymes = `
  a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
  i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu y ych ynh yt yêm yên yêng yêt yêu
  o oc oi om on ong oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay
  oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
  u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôp uôt uân uâng uât uây uê uêch uên uênh uơ
  uy uya uych uynh uyt uyp uyu uyên uyêt ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu`;

const syllable = new RegExp(`^${onset}(?:${rhymes.trim().split(/\s+/).join('|')})$`);
/** Grave, acute, tilde, hook above and dot below. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * Whether a word could be Vietnamese: one syllable with at most one tone, or an abbreviation in capitals
 * such as `QĐ`. Says nothing about meaning.
 */
export function isVietnameseWord(word: string): boolean {
  if (/^[A-ZĐ]+$/.test(word)) return true;
  const decomposed = word.normalize('NFD').toLowerCase();
  const toneCount = decomposed.match(tones)?.length ?? 0;
  return toneCount <= 1 && syllable.test(decomposed.replace(tones, '').normalize('NFC'));
}
