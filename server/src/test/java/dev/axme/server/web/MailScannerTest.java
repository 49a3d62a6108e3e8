package dev.axme.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Mail scanners open every link with a real browser, and people do: Chromium, if it is here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailScannerTest {
  private static final String GUEST = "ext@partner.example";

  private Optional<House> house = Optional.empty();
  private Optional<Playwright> playwright = Optional.empty();
  private Optional<Browser> browser = Optional.empty();
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  void open(@TempDir Path data) {
    Path chromium = chromium();
    house = Optional.of(House.open(data));
    playwright =
        Optional.of(
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    browser =
        Optional.of(
            playwright
                .get()
                .chromium()
                .launch(
                    new LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox"))));
  }

  private static Path chromium() {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .flatMap(f -> Stream.of("chromium", "chromium-browser").map(Path.of(f)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty() && "1".equals(System.getenv("AXME_CI_NO_SKIP"))) {
      throw new AssertionError("Expected chromium on this machine: install it");
    }
    assumeTrue(found.isPresent(), "chromium is not installed");
    return found.orElseThrow();
  }

  @AfterAll
  void close() {
    playwright.ifPresent(Playwright::close);
    house.ifPresent(House::close);
  }

  private House house() {
    return house.orElseThrow();
  }

  /** A browser that knows nothing yet; what it complains of is kept. */
  private Page page(int width, ColorScheme scheme, boolean script) {
    BrowserContext context =
        browser
            .orElseThrow()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 800)
                    .setColorScheme(scheme)
                    .setJavaScriptEnabled(script));
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          // A browser asks for an icon where a page that is none of ours names none.
          if (message.type().equals("error") && !message.location().contains("/favicon.ico")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    return page;
  }

  /** Opens a page as a scanner does, with what it links, and what that links, as far as it goes. */
  private Set<String> scan(Page scanner, String link) {
    Set<String> seen = new TreeSet<>();
    List<String> left = new ArrayList<>(List.of(link));
    while (!left.isEmpty()) {
      String url = left.removeFirst();
      if (!seen.add(url)) {
        continue;
      }
      Response response = scanner.navigate(url);
      assertThat(response.status()).as(url).isEqualTo(200);
      assertThat(scanner.context().request().head(url).status()).as(url).isEqualTo(200);
      left.addAll(addresses(scanner));
    }
    return seen;
  }

  @SuppressWarnings("unchecked")
  private static List<String> addresses(Page page) {
    return (List<String>)
        page.evaluate(
            "() => [...document.querySelectorAll('[href], [src], [action]')]"
                + ".map(e => e.href || e.src || e.action).filter(u => typeof u === 'string')"
                + ".filter(u => u.startsWith(location.origin)).map(u => u.split('#')[0])");
  }

  @Test
  void aScannerThatOpensEveryLinkTwiceAndFollowsThemAllDecidesNothing() {
    String id = house().askByMail(GUEST);
    Set<String> links = house().linksOfMail(GUEST);
    String link = house().url(house().link(id, GUEST));
    int events = house().events(id);
    Page scanner = page(1280, ColorScheme.LIGHT, true);

    for (String one : links) {
      Set<String> first = scan(scanner, one);
      Set<String> second = scan(page(1280, ColorScheme.LIGHT, true), one);

      assertThat(first).isEqualTo(second);
      assertThat(first).anyMatch(url -> url.contains("/assets/style.css"));
    }

    assertThat(links).contains(link).allMatch(one -> one.startsWith(link));
    assertThat(scanner.context().cookies()).isEmpty();
    assertThat(house().events(id)).isEqualTo(events);
    assertThat(house().intent(id).path("status").textValue()).isEqualTo("WAITING");
    assertThat(complaints).isEmpty();
  }

  @Test
  void afterTheScannerAPersonDecidesOnAPhoneWithoutScript() {
    String id = house().askByMail("ann@partner.example");
    String link = house().linksOfMail("ann@partner.example").iterator().next();
    scan(page(1280, ColorScheme.LIGHT, true), link);
    Page phone = page(360, ColorScheme.DARK, false);

    phone.navigate(link);
    phone.getByLabel("Comment").fill("Go ahead");
    phone.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve")).click();
    phone.waitForLoadState();

    assertThat(phone.url()).isEqualTo(link);
    assertThat(phone.textContent("main"))
        .contains("Approved", "by you", "Go ahead", "nothing left to do");
    assertThat(house().intent(id).path("result").path("comment").textValue()).isEqualTo("Go ahead");
    assertThat(scan(page(1280, ColorScheme.LIGHT, true), link)).contains(link + "/payload");
    assertThat(complaints).isEmpty();
  }

  @Test
  void noPageOfALinkIsWiderThanAPhoneOrSendsItsAddressAnywhere() {
    String id = house().askToDeploy();
    String address = "a-very-long-name.of-somebody@subsidiary.of.some.partner.example.com";
    String link = house().url(house().link(id, address));
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(360, 390)) {
        Page page = page(width, scheme, true);
        List<String> referrers = new ArrayList<>();
        page.onRequest(r -> referrers.add(r.headers().getOrDefault("referer", "")));

        page.navigate(link);
        assertThat(overflow(page)).isZero();
        page.getByText("Open all of it as JSON").click();
        page.waitForURL(link + "/payload");

        assertThat(referrers).hasSizeGreaterThan(2).containsOnly("");
        page.navigate(house().url("/t/broken"));
        assertThat(overflow(page)).isZero();
      }
    }
    Page phone = page(360, ColorScheme.LIGHT, true);
    phone.navigate(link);
    phone.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve")).click();
    phone.navigate(house().url(house().link(id, GUEST)));

    assertThat(phone.textContent("main")).contains("Approved", "by " + address);
    assertThat(overflow(phone)).isZero();
    complaints.removeIf(c -> c.contains("404"));
    assertThat(complaints).isEmpty();
  }

  private static int overflow(Page page) {
    Object pixels =
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    return ((Number) pixels).intValue();
  }

  @Test
  void aFormThatAScannerSendsWithoutThePageDecidesNothing() {
    String id = house().askToDeploy();
    String link = house().url(house().link(id, GUEST));
    Page scanner = page(1280, ColorScheme.LIGHT, true);

    int status =
        scanner
            .context()
            .request()
            .post(
                link,
                RequestOptions.create()
                    .setHeader("Content-Type", "application/x-www-form-urlencoded")
                    .setData("outcome=approved"))
            .status();

    assertThat(status).isEqualTo(409);
    assertThat(house().intent(id).path("status").textValue()).isEqualTo("WAITING");
  }
}
