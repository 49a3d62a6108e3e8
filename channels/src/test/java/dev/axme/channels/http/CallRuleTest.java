package dev.axme.channels.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRuleTest {
  private static final CallRule STRICT = new CallRule(false);
  private static final CallRule OPEN = new CallRule(true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com",
        "http://hooks.example.com:8080/a/b?c=d#e",
        "https://bücher.example/hook",
        "https://my_service.example.com./hook",
        "http://93.184.216.34/",
        "http://[2606:2800:220:1:248:1893:25c8:1946]:8443/",
        "HTTPS://HOOKS.EXAMPLE.COM/"
      })
  void aPublicAddressIsCalled(String url) {
    assertThat(STRICT.refusal(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000/intent",
        "http://LOCALHOST./",
        "http://api.localhost/",
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.0.0.1#@example.com/@",
        "http://127.0.0.1?@example.com/",
        "http://127.255.255.254/",
        "http://１２７.０.０.１/",
        "http://127。0。0。1/",
        "http://0.0.0.0:3000/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.1.1/",
        "http://198.18.0.1/",
        "http://[::]/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:FFFF:10.1.2.3]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2002:c0a8:101::1]/",
        "http://[fc00::1]/",
        "http://[fd12:3456::1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/"
      })
  void aPrivateAddressIsCalledOnlyWhenAllowed(String url) {
    assertThat(STRICT.refusal(url)).hasValueSatisfying(w -> assertThat(w).contains("private"));
    assertThat(OPEN.refusal(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.170.2/v2/credentials",
        "http://[fd00:ec2::254]/",
        "http://[fd20:ce::254]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://100.100.100.200/",
        "http://192.0.0.192/",
        "http://168.63.129.16/",
        "http://192.0.2.1/",
        "http://198.51.100.7/",
        "http://203.0.113.9/",
        "http://224.0.0.1/",
        "http://239.255.255.250/",
        "http://255.255.255.255/",
        "http://240.0.0.1/",
        "http://[ff02::1]/",
        "http://[2001:db8::1]/",
        "http://[3fff::1]/",
        "http://[2001::1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b:1::1]/",
        "http://[100::1]/"
      })
  void whereNoEndpointCanBeIsNeverCalled(String url) {
    assertThat(STRICT.refusal(url)).isPresent();
    assertThat(OPEN.refusal(url)).hasValueSatisfying(w -> assertThat(w).contains("never called"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:3000",
        "//example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/_EHLO",
        "http:///hook",
        "http://",
        "http://user@example.com/",
        "http://user:password@127.0.0.1/",
        "http://example.com@127.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "http://example.com/\\..",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.256/",
        "http://127.0.0.1../",
        "http://1.2.3.4.5/",
        "http://example.0x7f/",
        "http://%31%32%37.0.0.1/",
        "http://127.0.0.1%00.example.com/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[::1/",
        "http://::1/",
        "http://[127.0.0.1]/",
        "http://[v1.fe]/",
        "http://[::1]evil.example/",
        "http://example..com/",
        "http://-example.com/",
        "http://exa mple.com/",
        "http://example.com:/",
        "http://example.com:0/",
        "http://example.com:22/",
        "http://example.com:25/",
        "http://example.com:65536/",
        "http://example.com:99999/",
        "http://example.com:80:80/",
        "http://example.com/a b",
        "http://example.com/\r\nX-Evil: 1",
        "http://example.com\r\n/",
        "http://example.com/\u00fc",
        "http://example.com/\u0000"
      })
  void whatCouldBeReadInTwoWaysIsNoAddress(String url) {
    assertThat(OPEN.refusal(url)).as(url).isPresent();
  }
}
