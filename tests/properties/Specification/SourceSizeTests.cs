using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RefIke.Properties.Engine;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>Small files with one job: none of src/ has more than 400 lines, no method more than 60.</summary>
public sealed class SourceSizeTests
{
    private const int MostLines = 400;
    private const int MostLinesOfAMethod = 60;

    [Fact]
    public void FilesAndMethodsAreSmall()
    {
        var files = Directory.GetFiles(Path.Combine(Pair.Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(files);
        var tooLong = files.SelectMany(f => TooLong(Path.GetRelativePath(Pair.Repository, f), File.ReadAllText(f)));
        Assert.Equal("", string.Join('\n', tooLong));
    }

    [Theory]
    [InlineData(57, 0)]
    [InlineData(58, 1)]
    public void MethodOfSixtyOneLinesIsSeen(int statements, int expected)
    {
        var body = string.Concat(Enumerable.Repeat("        x++;\n", statements));
        Assert.Equal(expected, TooLong("f", $"class C\n{{\n    void M(int x)\n    {{\n{body}    }}\n}}\n").Count());
    }

    [Fact]
    public void FileOfFourHundredAndOneLinesIsSeen()
        => Assert.Single(TooLong("f", string.Concat(Enumerable.Repeat("// line\n", MostLines + 1))));

    private static IEnumerable<string> TooLong(string file, string text)
    {
        var lines = text.Count(c => c == '\n');
        if (lines > MostLines)
        {
            yield return $"{file}: {lines} lines";
        }

        foreach (var member in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes())
        {
            if (member is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
                or PropertyDeclarationSyntax { ExpressionBody: not null })
            {
                var span = member.SyntaxTree.GetLineSpan(member.Span);
                var length = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
                if (length > MostLinesOfAMethod)
                {
                    yield return $"{file}({span.StartLinePosition.Line + 1}): a method of {length} lines";
                }
            }
        }
    }
}
