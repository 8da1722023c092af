export { SvfError, type SvfErrorDetails } from './error.ts';
