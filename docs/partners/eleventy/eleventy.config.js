/* A site of everything that V2V has published, in all languages: npx @11ty/eleventy

   V2V_API   the API, such as https://v2v.example/api/v1
   V2V_COPY  the file that keeps the last good copy, from which the site is built while the API
             cannot be reached */
export default function (eleventyConfig) {
  eleventyConfig.addFilter("below", (items, path) =>
    items.filter((item) => /^[^/]+\/$/.test(item.path.slice(path.length)) &&
      item.path.startsWith(path)),
  );
  eleventyConfig.addFilter("pathname", (url) => new URL(url).pathname);
}

export const config = { htmlTemplateEngine: "njk", markdownTemplateEngine: false };
