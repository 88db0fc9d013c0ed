"""Lines of a source → the elements around its texts: 版头, titles, signatures, attachments, 版记."""
