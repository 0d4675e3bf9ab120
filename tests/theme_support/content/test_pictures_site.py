"""Pictures of a whole site: what is published, and what an edit makes anew."""

from xml.etree import ElementTree as ET

from PIL import Image

from support.pictures import put_picture

BIG = "content/images/a ö.jpg"
SHOWN = '![A]({static}/images/a ö.jpg "A caption")'


def scaled(site):
    folder = site.folder / "output/theme/pictures"
    return sorted(path.name for path in folder.glob("*"))


def test_a_large_picture_is_published_in_several_sizes(site, platforms):
    """Upright, without what the camera wrote; addresses lead there, in feeds too."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"
    put_picture(site, BIG, 1600, 900, kind="JPEG", noise=True, exif=exif)
    site.post(text=f"\n\n{SHOWN}")
    assert site.publish("--offline") == 0, site.out

    names = scaled(site)
    assert len(names) == 1 and names[0].startswith("a-o-")
    with Image.open(site.folder / "output/theme/pictures" / names[0]) as small:
        assert small.size == (480, 853) and not small.getexif()
    page = site.read("posts/a/index.html")
    assert f'srcset="../../theme/pictures/{names[0]} 480w, ' in page
    assert "<figcaption>A caption</figcaption>" in page and 'width="900"' in page
    assert "a%20%C3%B6.jpg 900w" in page
    feed = ET.fromstring(site.read("feeds/all.atom.xml"))
    [content] = feed.iter("{http://www.w3.org/2005/Atom}content")
    assert (
        f'srcset="https://blog.example/theme/pictures/{names[0]} 480w' in content.text
    )
    assert 'src="https://blog.example/images/' in content.text


def test_another_picture_makes_its_pages_again(site, platforms):
    """Its size and its scaled files follow; what is left is what a clean build has."""
    put_picture(site, BIG, 1600, 900, kind="JPEG", noise=True)
    put_picture(site, "content/images/b.png", 40, 30)
    site.post(text=f"\n\n{SHOWN}")
    site.post("b", title="B", text="\n\n![B]({static}/images/b.png)")
    assert site.publish("--offline") == 0, site.out
    first, before = scaled(site), site.files()
    assert site.publish("--offline") == 0, site.out
    assert site.files() == before

    put_picture(site, BIG, 1000, 700, kind="JPEG", noise=True)
    put_picture(site, "content/images/b.png", 20, 10)
    assert site.publish("--offline") == 0, site.out
    assert not set(scaled(site)) & set(first) and len(scaled(site)) == 2
    assert 'width="1000" height="700"' in site.read("posts/a/index.html")
    assert 'width="20" height="10"' in site.read("posts/b/index.html")
    left = site.bytes()
    assert left == site.from_scratch()

    site.post(text="No picture.")
    assert site.publish("--offline") == 0, site.out
    assert scaled(site) == []
    kept = (site.folder / ".build").rglob("*.jpg")
    assert not [path for path in kept if "pictures" in path.parts]
    assert site.bytes() == site.from_scratch()


def test_a_draft_has_no_picture_in_the_site(site, platforms):
    """Neither scaled nor as it is; when it is published, both are there."""
    site.write("conf.py", (site.folder / "conf.py").read_text() + "STATIC_PATHS = []\n")
    site.post()
    put_picture(site, BIG, 1600, 900, kind="JPEG", noise=True)
    head = "Title: D\nDate: 2017-10-17\nCategory: News\nStatus: {}\n\n"
    site.write("content/posts/d.md", f"{head.format('draft')}{SHOWN}\n")
    assert site.publish("--offline") == 0, site.out
    assert scaled(site) == [] and not [n for n in site.files() if n.endswith(".jpg")]

    site.write("content/posts/d.md", f"{head.format('published')}{SHOWN}\n")
    assert site.publish("--offline") == 0, site.out
    assert len(scaled(site)) == 3


def test_a_huge_picture_is_named_at_its_line_and_published(site, platforms):
    """It is advice: `publish` goes on."""
    file = site.folder / "content/images/huge.png"
    put_picture(site, "content/images/huge.png", 40, 30)
    file.write_bytes(file.read_bytes() + bytes(6_000_000))
    site.post(text="\n\n![A]({static}/images/huge.png)")

    assert site.publish("--offline") == 0, site.out
    assert "content/posts/a.md:10: the picture huge.png makes readers wait" in site.out
