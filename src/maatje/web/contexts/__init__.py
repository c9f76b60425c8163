"""
What each page shows, decided: plain frozen values, built from the model's and said in the user's language.

A template that gets one of these has nothing left to decide but order and "is it there".
"""
