/** Without it Slidev leaves the print route out of a build. */
export default { define: { __SLIDEV_FEATURE_PRINT__: 'true' } }
