import { config } from 'zod/v4/core';

// Schemas are not compiled, which takes evaluated text, and are not to try whether they may: the
// page's policy forbids it and would report it. This must be imported before anything makes a
// schema.
config({ jitless: true });
