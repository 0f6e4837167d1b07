/** Set by the build: true only in mode `e2e`, so that the demo adapter never ships. */
declare const __DEMO_ADAPTER__: boolean;
