import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Bilingual } from '../shared/domain/catalogue.ts';

/** The languages of the portal. */
export type Language = keyof Bilingual;

const key = 'tiendo.language';

/** The language chosen on this device, else Vietnamese. */
export function storedLanguage(): Language {
  return localStorage.getItem(key) === 'en' ? 'en' : 'vi';
}

/** Keeps the choice, and tells the browser which language the page is in. */
export function storeLanguage(language: Language): void {
  localStorage.setItem(key, language);
  document.documentElement.lang = language;
}

/** The language of the pages, and how to choose the other. */
export interface LanguageChoice {
  language: Language;
  choose(language: Language): void;
}

/** The language all pages share; Vietnamese at first. */
export const LanguageContext = createContext<LanguageChoice>({ language: 'vi', choose: () => {} });

/** The language texts are shown in. */
export function useLanguage(): Language {
  return useContext(LanguageContext).language;
}

/** Gives a text in the language of the page: `text({ vi: 'Gửi', en: 'Send' })`. */
export function useText(): (text: Bilingual) => string {
  const language = useLanguage();
  return (text) => text[language];
}
