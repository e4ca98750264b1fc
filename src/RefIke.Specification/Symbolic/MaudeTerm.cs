using System.Text.RegularExpressions;

namespace RefIke.Specification.Symbolic;

/// <summary>A term as Maude prints it: a name with arguments, or an infix operator between two and more.</summary>
internal sealed partial record MaudeTerm(string Head, IReadOnlyList<MaudeTerm> Args)
{
    /// <summary>The infix operators of <c>theory.maude</c>, the loosest first.</summary>
    private static readonly string[] Infix = ["&", ";", ":", "*"];

    /// <summary>Reads a term.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static MaudeTerm Parse(string text)
    {
        var tokens = new Queue<string>(Token().Matches(text).Select(m => m.Value));
        var term = Read(tokens, 0);
        return tokens.Count == 0 ? term : throw new FormatException($"after a term: {string.Join(' ', tokens)}");
    }

    /// <summary>The text that begins at some place and ends where its parentheses do.</summary>
    public static string Balanced(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0 && text[i] == ')')
            {
                return text[from..(i + 1)];
            }
        }

        throw new FormatException("a parenthesis is not closed");
    }

    /// <inheritdoc/>
    public override string ToString() => Args.Count == 0 ? Head : $"{Head}({string.Join(", ", Args)})";

    private static MaudeTerm Read(Queue<string> tokens, int level)
    {
        if (level == Infix.Length)
        {
            return ReadOne(tokens);
        }

        var parts = new List<MaudeTerm> { Read(tokens, level + 1) };
        while (tokens.TryPeek(out var next) && next == Infix[level])
        {
            tokens.Dequeue();
            parts.Add(Read(tokens, level + 1));
        }

        return parts.Count == 1 ? parts[0] : new(Infix[level], parts);
    }

    private static MaudeTerm ReadOne(Queue<string> tokens)
    {
        var head = tokens.Dequeue();
        if (head == "(")
        {
            var inner = Read(tokens, 0);
            Expect(")");
            return inner;
        }

        var args = new List<MaudeTerm>();
        if (tokens.TryPeek(out var open) && open == "(")
        {
            do
            {
                tokens.Dequeue();
                args.Add(Read(tokens, 0));
            }
            while (tokens.Peek() == ",");
            Expect(")");
        }

        return new(head, args);

        void Expect(string token)
        {
            if (!tokens.TryDequeue(out var got) || got != token)
            {
                throw new FormatException($"{token} expected, {got} found");
            }
        }
    }

    [GeneratedRegex("\"[^\"]*\"|[A-Za-z0-9?-]+|[(),;:*&]")]
    private static partial Regex Token();
}
