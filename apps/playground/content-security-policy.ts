import type { Plugin } from 'vite';

/**
 * What the page may load and run: its own files, and WebAssembly. No script in the page's text, no
 * evaluated text, no style in attributes, nothing from elsewhere, nothing sent elsewhere; pictures
 * that it draws or opens itself.
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
 * The headers that a server can send with every file: the worker, too, is then under the policy,
 * and nobody frames it.
 */
export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
};

/**
 * Puts the policy into the built page, so that it holds whoever serves the page; a server may send
 * it too.
 */
export function contentSecurityPolicy(): Plugin {
  const attrs = { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY };
  return {
    name: 'deepbelief-content-security-policy',
    // The development server reloads parts of the page by scripts in its text.
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs, injectTo: 'head-prepend' }],
  };
}
