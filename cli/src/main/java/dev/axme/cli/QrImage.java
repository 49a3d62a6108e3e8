package dev.axme.cli;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code in half blocks, dark on light on any background: each line of text carries two rows.
 */
final class QrImage {
  private static final int MARGIN = 2;

  private QrImage() {}

  static String of(String text, Ink ink) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    StringBuilder image = new StringBuilder();
    for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -MARGIN; x < code.size + MARGIN; x++) {
        line.append(block(!code.getModule(x, y), !code.getModule(x, y + 1)));
      }
      image.append(ink.whiteOnBlack(line.toString())).append('\n');
    }
    return image.toString();
  }

  /** Light is drawn, dark is left. */
  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '█' : '▀';
    }
    return lower ? '▄' : ' ';
  }
}
