"""Lines of a source → the elements around its texts: 版头, titles, 署名, attachments, 版记."""
