import { SearchPage } from '../../features/search/search-page.tsx';

/** `/search?q=`: records of every kind. */
export const Page = () => <SearchPage />;
