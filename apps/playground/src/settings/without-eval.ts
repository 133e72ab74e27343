import { config } from 'zod/v4/core';

// Compiling schemas needs evaluated text. The page's policy forbids that and reports even the
// attempt, so schemas must not try. Import this before anything makes a schema.
config({ jitless: true });
