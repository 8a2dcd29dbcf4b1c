export { SearchPage as Page } from '../../features/search/search-page.tsx';
