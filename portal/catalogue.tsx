import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Catalogue } from '../shared/domain/catalogue.ts';
import { Answered } from './parts/answered.tsx';
import { type Answer, useAnswer } from './use-answer.ts';

interface Asked {
  asked: Answer<Catalogue> & { reload(): void };
  want(): void;
}

const AskedContext = createContext<Asked | undefined>(undefined);
const CatalogueContext = createContext<Catalogue | undefined>(undefined);

/** Holds the catalogue for all pages, and asks for it when the first page wants it. */
export function CatalogueProvider({ children }: { children: ComponentChildren }) {
  const [isWanted, setIsWanted] = useState(false);
  const asked = useAnswer('GET /catalogue', isWanted ? {} : undefined);
  return (
    <AskedContext.Provider value={{ asked, want: () => setIsWanted(true) }}>{children}</AskedContext.Provider>
  );
}

/** Shows a page once the catalogue is there. */
export function WithCatalogue({ children }: { children: ComponentChildren }) {
  const held = useContext(AskedContext);
  if (!held) throw new Error('WithCatalogue must stand in CatalogueProvider');
  const { asked, want } = held;
  useEffect(want, []);
  return (
    <Answered of={asked}>
      {(catalogue) => <CatalogueContext.Provider value={catalogue}>{children}</CatalogueContext.Provider>}
    </Answered>
  );
}

/** The directive this deployment is about. Throws outside `WithCatalogue`. */
export function useCatalogue(): Catalogue {
  const catalogue = useContext(CatalogueContext);
  if (!catalogue) throw new Error('A page that needs the catalogue must stand in WithCatalogue');
  return catalogue;
}
