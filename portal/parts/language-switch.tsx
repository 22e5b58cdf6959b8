import { useContext } from 'preact/hooks';
import { LanguageContext } from '../language.ts';

/** A button that shows the portal in the other language, named in that language. */
export function LanguageSwitch() {
  const { language, choose } = useContext(LanguageContext);
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <button type="button" class="button quiet" lang={other} onClick={() => choose(other)}>
      {other === 'en' ? 'English' : 'Tiếng Việt'}
    </button>
  );
}
