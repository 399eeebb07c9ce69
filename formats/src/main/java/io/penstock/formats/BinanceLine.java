// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads lines of a Binance recording into a [BinanceMessage]. Numbers are read from the parser's
/// character buffer. Confined to one strand.
final class BinanceLine {
    private final JsonFactory factory = new JsonFactory();
    private final TextCache texts = new TextCache();
    private final Decimal number = new Decimal();
    private final BinanceMessage message;

    BinanceLine(BinanceMessage message) {
        this.message = message;
    }

    /// Reads the line at which the reader stands.
    ///
    /// @throws io.penstock.market.DataException when it is no such line
    void read(LineReader line) {
        message.reset();
        byte[] bytes = line.buffer();
        int json = readReceiveTime(bytes, line);
        try (JsonParser parser =
                factory.createParser(ObjectReadContext.empty(), bytes, json, line.end() - json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw line.malformed("no JSON object after the receive time", "");
            }
            readObject(parser, true);
            if (parser.nextToken() != null) {
                throw line.malformed("something follows the JSON object", "");
            }
        } catch (JacksonException e) {
            // Jackson's own words are for whoever writes the parser.
            int column = json - line.start() + Math.max(1, e.getLocation().getColumnNr());
            throw line.malformed("JSON that does not parse, at character " + column, "");
        }
        message.classify(line);
    }

    private int readReceiveTime(byte[] bytes, LineReader line) {
        int at = line.start();
        long time = 0;
        for (; at < line.end() && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            int digit = bytes[at] - '0';
            if (time > (Long.MAX_VALUE - digit) / 10) {
                throw line.malformed("a receive time that does not fit 64 bits", "");
            }
            time = time * 10 + digit;
        }
        if (at == line.start() || at >= line.end() || bytes[at] != ' ') {
            throw line.malformed(
                    "no receive time",
                    "Each line starts with the receive time in ns since 1970 and a space");
        }
        message.receiveTime = time;
        return at + 1;
    }

    private void readObject(JsonParser parser, boolean isOuter) {
        String name;
        while ((name = parser.nextName()) != null) {
            JsonToken token = parser.nextToken();
            if (isOuter && name.equals("data") && token == JsonToken.START_OBJECT) {
                readObject(parser, false);
            } else if (isOuter && name.equals("stream")) {
                message.stream = text(parser, token);
            } else {
                readField(parser, name, token);
            }
        }
    }

    private void readField(JsonParser parser, String name, JsonToken token) {
        switch (name) {
            case "e" -> message.type = text(parser, token);
            case "s", "symbol" -> message.symbol = text(parser, token);
            case "X" -> message.execution = text(parser, token);
            case "E" -> message.eventTime = integer(parser, name, token);
            case "T" -> message.transactionTime = integer(parser, name, token);
            case "U" -> message.firstUpdate = integer(parser, name, token);
            case "u" -> message.lastUpdate = integer(parser, name, token);
            case "pu" -> message.previousUpdate = integer(parser, name, token);
            case "t" -> message.tradeId = integer(parser, name, token);
            case "lastUpdateId" -> message.snapshotUpdate = integer(parser, name, token);
            case "m" -> message.buyerIsMaker = token == JsonToken.VALUE_TRUE;
            case "M" -> {
                message.hasBestMatch = true;
                parser.skipChildren();
            }
            case "b" -> decimalOrLevels(parser, BinanceField.BID, token, message.bids);
            case "a" -> decimalOrLevels(parser, BinanceField.ASK, token, message.asks);
            case "B" -> decimal(parser, BinanceField.BID_QUANTITY, token);
            case "A" -> decimal(parser, BinanceField.ASK_QUANTITY, token);
            case "p" -> decimal(parser, BinanceField.PRICE, token);
            case "q" -> decimal(parser, BinanceField.QUANTITY, token);
            case "bids" -> levels(parser, token, message.bids);
            case "asks" -> levels(parser, token, message.asks);
            default -> parser.skipChildren();
        }
    }

    private String text(JsonParser parser, JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return "";
        }
        return texts.of(
                parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    }

    private long integer(JsonParser parser, String name, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT && readNumber(parser)) {
            return number.mantissa();
        }
        problem("no whole number of 64 bits in the field \"" + name + "\"");
        parser.skipChildren();
        return BinanceMessage.ABSENT;
    }

    private void decimalOrLevels(
            JsonParser parser, BinanceField field, JsonToken token, LevelList levels) {
        if (token == JsonToken.START_ARRAY) {
            levels(parser, token, levels);
        } else {
            decimal(parser, field, token);
        }
    }

    private void decimal(JsonParser parser, BinanceField field, JsonToken token) {
        if (isDecimal(token) && readNumber(parser)) {
            message.decimals[field.ordinal()] = number.mantissa();
            message.decimalScales[field.ordinal()] = number.scale();
            return;
        }
        notADecimal(parser, token, field.name().toLowerCase(Locale.ROOT));
    }

    private void notADecimal(JsonParser parser, JsonToken token, String what) {
        problem(
                (isDecimal(token) && number.isTooLong()
                                ? "a price or quantity that does not fit 64 bits ("
                                : "a price or quantity that does not parse (")
                        + what.replace('_', ' ')
                        + "): "
                        + (token.isScalarValue() ? shortened(parser) : token.name()));
        parser.skipChildren();
    }

    private static String shortened(JsonParser parser) {
        int length = Math.min(40, parser.getStringLength());
        String text = new String(parser.getStringCharacters(), parser.getStringOffset(), length);
        return '"' + Text.printable(text) + '"';
    }

    private static boolean isDecimal(JsonToken token) {
        return token == JsonToken.VALUE_STRING
                || token == JsonToken.VALUE_NUMBER_INT
                || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    private boolean readNumber(JsonParser parser) {
        return number.read(
                parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    }

    private void levels(JsonParser parser, JsonToken start, LevelList levels) {
        if (start != JsonToken.START_ARRAY) {
            problem("no list of levels but " + start);
            parser.skipChildren();
            return;
        }
        levels.begin();
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (token != JsonToken.START_ARRAY) {
                problem("a level that is no pair of price and quantity");
                parser.skipChildren();
                continue;
            }
            level(parser, levels);
        }
    }

    /// Reads a level; spot streams of 2018 have an empty list as third element.
    private void level(JsonParser parser, LevelList levels) {
        long price = 0;
        int priceScale = 0;
        int element = 0;
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (element < 2 && !(isDecimal(token) && readNumber(parser))) {
                notADecimal(parser, token, element == 0 ? "price" : "quantity");
            } else if (element == 0) {
                price = number.mantissa();
                priceScale = number.scale();
            } else if (element == 1) {
                levels.add(price, priceScale, number.mantissa(), number.scale());
            } else {
                parser.skipChildren();
            }
            element++;
        }
        if (element < 2) {
            problem("a level that is no pair of price and quantity");
        }
    }

    private void problem(String text) {
        if (message.problem == null) {
            message.problem = text;
        }
    }
}
