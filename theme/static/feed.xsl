<?xml version="1.0" encoding="utf-8"?>
<!-- What somebody sees who opens a feed in a browser: what it is, and what is in it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:a="http://www.w3.org/2005/Atom" exclude-result-prefixes="a">
  <xsl:output method="html" encoding="utf-8" doctype-system="about:legacy-compat"/>
  <xsl:template match="/">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title><xsl:value-of select="a:feed/a:title | rss/channel/title"/></title>
        <link rel="stylesheet" href="../theme/style.css"/>
      </head>
      <body>
        <main class="page prose">
          <h1 class="list-title"><xsl:value-of select="a:feed/a:title | rss/channel/title"/></h1>
          <p>This is a feed: copy its address into a feed reader, and new posts come to you.</p>
          <ul class="index">
            <xsl:for-each select="a:feed/a:entry">
              <li><a href="{a:link[@rel='alternate']/@href}"><xsl:value-of select="a:title"/></a><time><xsl:value-of select="substring(a:published, 1, 10)"/></time></li>
            </xsl:for-each>
            <xsl:for-each select="rss/channel/item">
              <li><a href="{link}"><xsl:value-of select="title"/></a><time><xsl:value-of select="substring(pubDate, 6, 11)"/></time></li>
            </xsl:for-each>
          </ul>
        </main>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
