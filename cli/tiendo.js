#!/usr/bin/env node
await import('./require-node.js');
await import('./tiendo.ts');
