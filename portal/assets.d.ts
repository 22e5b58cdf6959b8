// What the bundler makes of imports that are no modules.
declare module '*.css';

/** The address of the worker that checks files, put in by `build.ts`. */
declare const checkWorkerUrl: string;
