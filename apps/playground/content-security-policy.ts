import type { Plugin } from 'vite';

/**
 * What the page may load and run: its own files, WebAssembly, and pictures that it draws or opens
 * itself. No inline scripts, no evaluated text, no style attributes; nothing is loaded from
 * elsewhere or sent elsewhere.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * The headers that a server can send with every file. The policy then covers the worker too, and no
 * other site can frame the page.
 */
export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
};

/**
 * Puts the policy into the built page, so that it applies whatever server is used. A server may
 * send it too.
 */
export function contentSecurityPolicy(): Plugin {
  const attrs = { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY };
  return {
    name: 'deepbelief-content-security-policy',
    // The development server reloads parts of the page with inline scripts.
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs, injectTo: 'head-prepend' }],
  };
}
